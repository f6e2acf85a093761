// No validator: it would send the description to another host.
// Beside this script: a proxy may serve both below a path.
const url = new URL('openapi.json', document.currentScript.src).href;
window.SwaggerUIBundle({ url, dom_id: '#api', validatorUrl: null, deepLinking: true });
