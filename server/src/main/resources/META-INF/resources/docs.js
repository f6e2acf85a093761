// No validator: it would send the description to another host.
// Beside this script: a proxy may serve both below a path.
const url = new URL('openapi.json', document.currentScript.src).href;
window.SwaggerUIBundle({ url, dom_id: '#api', validatorUrl: null, deepLinking: true });
// Swagger UI has dark colours under this class only.
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const setColours = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', setColours);
setColours();
