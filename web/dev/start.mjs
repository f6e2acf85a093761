// The page on a stand-in for the server: `npm run fake`, then open the address that it prints.
import { runnerImport } from 'vite';

const { module } = await runnerImport('./dev/fake/server.ts');
const fake = await module.startFake(new URL('../dist/', import.meta.url).pathname, Number(process.env.PORT ?? 8099));
fake.world.addSamples();
console.log(`fake server on ${fake.url}`);
