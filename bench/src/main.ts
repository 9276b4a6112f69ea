import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { constants, loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { LocalServerError } from '@jackalope/local-servers'
import {
  BenchArgumentError,
  type BenchArguments,
  parseBenchArguments,
  type ScenarioName,
} from './arguments.ts'
import { runComparison } from './comparison/run-comparison.ts'
import { describeMachine } from './machine.ts'
import { renderComparison, renderLegend } from './report/comparison-report.ts'
import { renderMachine } from './report/machine-report.ts'
import { backlog } from './scenarios/backlog.ts'
import { conversion } from './scenarios/conversion.ts'
import { fairness } from './scenarios/fairness.ts'
import { idle } from './scenarios/idle.ts'
import { scaling } from './scenarios/scaling.ts'
import type { Scenario, ScenarioDeps } from './scenarios/scenario.ts'
import { startServers } from './servers.ts'

const scenarios: Record<ScenarioName, Scenario> = {
  scaling,
  backlog,
  fairness,
  idle,
  conversion,
}

const interruption = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    const exitCode = 128 + constants.signals[signal]
    // The second one does not wait for servers to stop; they end with us.
    if (interruption.signal.aborted) process.exit(exitCode)
    process.exitCode = exitCode
    interruption.abort(new Error(`ended by ${signal}`))
  })

const say = (text: string) => void process.stderr.write(`${text}\n`)

try {
  await bench(parseBenchArguments(process.argv.slice(2)), interruption.signal)
} catch (error) {
  // What fails after an interruption fails because of it.
  const failure = interruption.signal.aborted ? interruption.signal.reason : error
  const isClear =
    interruption.signal.aborted || error instanceof LocalServerError || error instanceof BenchArgumentError
  say(`jackalope: bench: ${isClear ? (failure as Error).message : (error as Error).stack}`)
  process.exitCode ||= error instanceof BenchArgumentError ? 2 : 1
}

async function bench({ json, profileDir, dir, ...plan }: BenchArguments, signal: AbortSignal): Promise<void> {
  const home = dir === undefined ? await mkdtemp(join(tmpdir(), 'jackalope-bench-')) : resolve(dir)
  if (profileDir !== undefined) await mkdir(profileDir, { recursive: true })
  try {
    say(
      `Starting RabbitMQ (${plan.nodes === 1 ? 'one node' : `${plan.nodes} nodes`}) and two Redis servers ...`,
    )
    const servers = await startServers(home, plan.nodes, signal)
    try {
      const machine = await describeMachine(servers, home)
      const profiles = profileDir === undefined ? undefined : resolve(profileDir)
      const { text, ...result } = await measure(
        { ...plan, profileDir: profiles },
        { servers, dir: home, say, signal },
      )
      const facts = { machine, loadAfter: loadavg()[0] as number, plan }
      process.stdout.write(`${renderMachine(facts)}\n\n${text}\n`)
      if (json !== undefined) await writeFile(json, `${JSON.stringify({ ...facts, ...result }, null, 2)}\n`)
    } finally {
      say('Stopping the servers ...')
      await servers.stop()
    }
  } finally {
    if (dir === undefined) await rm(home, { recursive: true, force: true, maxRetries: 5 })
  }
}

async function measure(plan: Omit<BenchArguments, 'json' | 'dir'>, deps: ScenarioDeps) {
  if (plan.scenario !== undefined) {
    const { table, rows } = await scenarios[plan.scenario](plan, deps)
    return { text: table, rows }
  }
  const series = await runComparison(plan, deps)
  return { text: `${renderLegend(series)}\n\n${renderComparison(series)}`, series }
}
