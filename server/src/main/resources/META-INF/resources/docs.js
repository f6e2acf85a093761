// Beside this script: a proxy may serve both below a path, which the addresses in the description do not have.
const base = new URL('.', document.currentScript.src);

function withBasePath(request) {
  const target = new URL(request.url, base);
  if (target.origin === base.origin && !target.pathname.startsWith(base.pathname)) {
    target.pathname = base.pathname + target.pathname.slice(1);
    request.url = target.href;
  }
  return request;
}

// No validator: it would send the description to another host.
window.SwaggerUIBundle({
  url: new URL('openapi.json', base).href,
  dom_id: '#api',
  validatorUrl: null,
  deepLinking: true,
  requestInterceptor: withBasePath,
});

// Swagger UI has dark colours under this class only.
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const setColours = () => document.documentElement.classList.toggle('dark-mode', dark.matches);
dark.addEventListener('change', setColours);
setColours();
