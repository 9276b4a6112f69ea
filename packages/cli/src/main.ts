import { runCommandLine } from './run-command-line.ts'

// Whoever reads our output may stop reading (`| head -1`); that is no reason to leave things half done.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

process.exitCode = await runCommandLine(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
})
