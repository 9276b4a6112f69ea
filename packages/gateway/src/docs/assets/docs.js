// Requests of the page go to where it was read from, under whatever name.
const answer = await fetch('/openapi.json')
const api = await answer.json()
globalThis.SwaggerUIBundle({
  spec: { ...api, servers: [{ url: location.origin }] },
  dom_id: '#api',
  deepLinking: true,
  displayRequestDuration: true,
  filter: true,
  defaultModelsExpandDepth: 0,
})
