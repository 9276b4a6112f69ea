#!/usr/bin/env node
import { runCommandLine } from './run-command-line.ts'

// Whoever reads our output may stop reading (`| head -1`).
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

process.exitCode = await runCommandLine(process.argv.slice(2), process)
