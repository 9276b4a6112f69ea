// Asks the service of this container whether it is well: node health.mjs PATH. Ends with 0 when it says so.
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
