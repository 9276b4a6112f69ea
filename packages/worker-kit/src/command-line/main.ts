#!/usr/bin/env node
import { runCommandLine } from './run-command-line.ts'

// The reader of the output may close it (`| head -1`): that is no error.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

process.exitCode = await runCommandLine(process.argv.slice(2), process)
