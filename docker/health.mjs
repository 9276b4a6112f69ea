// The container's health check: node health.mjs PATH. Exit code 0 when the service answers 2xx.
const [path = '/healthz'] = process.argv.slice(2)
try {
  const response = await fetch(`http://127.0.0.1:${process.env.PORT}${path}`, {
    signal: AbortSignal.timeout(10_000),
  })
  console.log(response.status, await response.text())
  process.exitCode = response.ok ? 0 : 1
} catch (error) {
  console.log(error.cause?.message ?? error.message)
  process.exitCode = 1
}
