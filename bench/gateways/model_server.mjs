// A language model behind the chat completions of OpenAI, as far as a gateway asks for them. See bench/gateways.sh.
//   node model_server.mjs MODEL.gguf PORT LOG
// Each call leaves a line of JSON in LOG: tokens of prompt and answer as the model's own tokenizer counts them, and whether the caller hung up.
// A small model does not write markers by itself. If the prompt has numbered passages, a grammar lets it write a sentence and then the number of
// one of them; the words and the number are the model's. A prompt with the word "freely" is answered without the grammar.
import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(process.cwd(), "package.json"));
const library = require.resolve("node-llama-cpp");
const { getLlama, LlamaChat, LlamaGrammar, resolveChatWrapper } = await import(pathToFileURL(library).href);

const [modelPath, port, log] = process.argv.slice(2);
const CONTEXT_TOKENS = 4096;
const llama = await getLlama({ gpu: false, build: "never" });
const model = await llama.loadModel({ modelPath });
// A second thread waits for the first by spinning, which is many times slower on a busy machine.
const context = await model.createContext({ contextSize: CONTEXT_TOKENS, threads: 1 });
const sequence = context.getSequence();
let previous = Promise.resolve();

function grammarOf(messages) {
  const text = textOf(messages.at(-1));
  const numbers = [...text.matchAll(/<passage number="(\d+)"/g)].map((match) => `"${match[1]}"`);
  if (numbers.length === 0 || /\bfreely\b/i.test(text)) return undefined;
  const number = [...new Set(numbers)].join(" | ");
  // A small model does not know when to end: one sentence, or many for a question that is to be stopped.
  const more = /\bat length\b/.test(text) ? '(" " sentence){5}' : "";
  return new LlamaGrammar(llama, {
    grammar: `root ::= sentence ${more}\nsentence ::= [A-Z] [^.\\n<>[\\]]{10,160} ". [" (${number}) "]"\n`,
  });
}

function textOf(message) {
  const { content } = message;
  return typeof content === "string" ? content : (content ?? []).map((part) => part.text ?? "").join("");
}

function historyOf(messages) {
  return messages.map((message) => {
    if (message.role === "assistant") return { type: "model", response: [textOf(message)] };
    return { type: message.role === "user" ? "user" : "system", text: textOf(message) };
  });
}

async function answer(request, response, body) {
  const call = { id: `chatcmpl-${Date.now()}-${Math.random().toString(36).slice(2)}`, stream: body.stream === true, hungUp: false, pieces: 0 };
  const stop = new AbortController();
  // Of the response: the one of the request comes as soon as its body was read.
  response.on("close", () => {
    if (!response.writableFinished) {
      call.hungUp = true;
      stop.abort();
    }
  });
  const grammar = grammarOf(body.messages);
  const history = historyOf(body.messages);
  const chat = new LlamaChat({ contextSequence: sequence, chatWrapper: resolveChatWrapper(model) });
  const chunk = (delta, finish, usage) => {
    const choices = delta ? [{ index: 0, delta, finish_reason: finish }] : [];
    const data = { id: call.id, object: "chat.completion.chunk", created: Math.floor(Date.now() / 1000), model: body.model, choices };
    response.write(`data: ${JSON.stringify(usage ? { ...data, usage } : data)}\n\n`);
  };
  if (call.stream) response.writeHead(200, { "Content-Type": "text/event-stream" });
  const before = sequence.tokenMeter.getState();
  const maxTokens = body.max_completion_tokens ?? body.max_tokens ?? 256;
  try {
    const result = await chat.generateResponse([...history, { type: "model", response: [] }], {
      grammar,
      // Without a grammar a small model repeats the prompt until it is stopped.
      maxTokens: Math.min(maxTokens, grammar ? 256 : 48),
      temperature: 0,
      signal: stop.signal,
      stopOnAbortSignal: true,
      onTextChunk: (text) => {
        call.pieces++;
        if (call.stream && !call.hungUp) chunk({ content: text }, null);
      },
    });
    call.text = result.response;
    call.finish = result.metadata.stopReason === "maxTokens" ? "length" : "stop";
    // All tokens of the prompt, also those whose state was kept from the call before.
    const { contextText } = chat.chatWrapper.generateContextState({ chatHistory: [...history, { type: "model", response: [] }] });
    call.promptTokens = contextText.tokenize(model.tokenizer).length;
    call.completionTokens = sequence.tokenMeter.diff(before).usedOutputTokens;
    const usage = {
      prompt_tokens: call.promptTokens,
      completion_tokens: call.completionTokens,
      total_tokens: call.promptTokens + call.completionTokens,
    };
    if (call.stream) {
      chunk({}, call.finish);
      chunk(undefined, null, usage);
      response.end("data: [DONE]\n\n");
    } else {
      const choices = [{ index: 0, message: { role: "assistant", content: call.text }, finish_reason: call.finish }];
      const reply = { id: call.id, object: "chat.completion", created: Math.floor(Date.now() / 1000), model: body.model, choices, usage };
      response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(reply));
    }
  } finally {
    chat.dispose({ disposeSequence: false });
    appendFileSync(log, `${JSON.stringify(call)}\n`);
  }
}

createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    if (request.method !== "POST" || request.url !== "/v1/chat/completions") return response.writeHead(404).end();
    const body = JSON.parse(Buffer.concat(parts));
    // One sequence of one context: calls wait for each other.
    previous = previous.then(() => answer(request, response, body)).catch((failure) => {
      console.error(failure);
      if (response.headersSent) return response.destroy();
      response.writeHead(500, { "Content-Type": "application/json" }).end(JSON.stringify({ error: { message: String(failure) } }));
    });
  });
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
