import { setTimeout as delay } from 'node:timers/promises'
import { runUntilDone } from '../comparison/drain.ts'
import { closeStage, openStage, openWorkers, type Stage } from '../comparison/stage.ts'
import { verifyTrial } from '../comparison/verify-trial.ts'
import { type ContestantName, contestants } from '../contestants.ts'
import { watchCpu } from '../cpu-time.ts'
import { renderTable } from '../report/table.ts'
import { commandTimes, type RedisServer, redisCpuMicros } from '../servers.ts'
import { median, type Summary, summarize } from '../statistics.ts'
import type { Scenario, ScenarioDeps } from './scenario.ts'

const queueCount = 50
const concurrency = 10
const payloadBytes = 200

/** After the last job, before the measurement. V8 tidies its heap once, up to half a minute after a process has come to rest:
 *  that takes as long as half a minute of rest does. */
const settleMs = 45_000
const windowMs = 20_000

interface Round {
  contestant: ContestantName
  /** Processor time in per cent of one core. */
  node: number
  redis: number
  rabbitmq: number
  /** Commands that Redis runs in a second, those of scripts included, by name. */
  commands: Record<string, number>
}

/** What it costs that nothing happens: 50 queues, each with a worker that has run a job and has nothing to do, all in one
 *  process. */
export const idle: Scenario = async (plan, deps) => {
  const names = (plan.contestants ?? ['stock', 'quorum']).filter(name => contestants[name].kind !== 'amqplib')
  const rounds: Round[] = []
  for (const name of names) {
    const stage = await openStage(name, deps.servers)
    try {
      rounds.push(...(await measure(stage, plan.rounds, deps)))
    } finally {
      await closeStage(stage)
    }
  }
  return {
    table: `${renderCosts(rounds, names)}\n\n${renderCommands(rounds, names)}`,
    rows: rounds,
  }
}

async function measure(stage: Stage, count: number, { signal, say }: ScenarioDeps): Promise<Round[]> {
  const { contestant, access, producer, workers } = stage
  const queues = Array.from({ length: queueCount }, (_, i) => `${contestant.name}-idle-${i}`)
  await producer.call('open', access, queues)
  await openWorkers(stage, { queues, concurrency, jobs: queueCount })
  // One for each queue.
  await producer.call('fill', { jobs: queueCount, mode: 'single', payloadBytes })
  await runUntilDone(workers, queueCount, signal)
  await delay(settleMs, undefined, { signal })
  const rounds: Round[] = []
  while (rounds.length < count) {
    const round = await measureWindow(stage, signal)
    say(`  ${contestant.name}: ${describe(round)}`)
    rounds.push(round)
  }
  await verifyTrial(stage, queueCount)
  await producer.call('remove')
  return rounds
}

async function measureWindow(stage: Stage, signal: AbortSignal): Promise<Round> {
  const redis = stage.redis as RedisServer
  const before = await read(stage, redis)
  const brokerCpu = watchCpu({ rabbitmq: stage.pids.rabbitmq ?? [] })
  const began = performance.now()
  await delay(windowMs, undefined, { signal })
  const after = await read(stage, redis)
  const micros = (performance.now() - began) * 1_000

  return {
    contestant: stage.contestant.name,
    node: ((after.node - before.node) / micros) * 100,
    redis: ((after.redis - before.redis) / micros) * 100,
    rabbitmq: ((brokerCpu().rabbitmq ?? 0) / micros) * 100,
    commands: perSecond(before.commands, after.commands, micros / 1_000_000),
  }
}

/** /proc counts in steps of 10 ms, which are too long here: the processes tell by themselves. */
async function read({ workers }: Stage, redis: RedisServer) {
  return {
    node: await workers[0].call('cpuMicros'),
    redis: await redisCpuMicros(redis),
    commands: new Map((await commandTimes(redis)).map(({ command, calls }) => [command, calls])),
  }
}

function perSecond(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  seconds: number,
): Record<string, number> {
  const differences = [...after].map(
    ([command, calls]) => [command, (calls - (before.get(command) ?? 0)) / seconds] as const,
  )
  return Object.fromEntries(differences.filter(([, rate]) => rate > 0))
}

function sumOf(commands: Record<string, number>): number {
  return Object.values(commands).reduce((sum, rate) => sum + rate, 0)
}

function renderCosts(rounds: readonly Round[], names: readonly ContestantName[]): string {
  const figures: [title: string, of: (round: Round) => number, digits: number][] = [
    ['Node.js, % of a core', ({ node }) => node, 2],
    ['Redis, % of a core', ({ redis }) => redis, 2],
    ['RabbitMQ, % of a core', ({ rabbitmq }) => rabbitmq, 1],
    ['commands of Redis a second', ({ commands }) => sumOf(commands), 0],
  ]
  return renderTable(
    [`${queueCount} idle queues, median (min-max)`, ...names],
    figures.map(([title, of, digits]) => [
      title,
      ...names.map(name => show(summarize(rounds.filter(isOf(name)).map(of)), digits)),
    ]),
  )
}

function renderCommands(rounds: readonly Round[], names: readonly ContestantName[]): string {
  const commands = [...new Set(rounds.flatMap(round => Object.keys(round.commands)))]
  const rate = (name: ContestantName, command: string) =>
    median(rounds.filter(isOf(name)).map(round => round.commands[command] ?? 0))
  const rows = commands.map(command => ({ command, rates: names.map(name => rate(name, command)) }))
  const most = ({ rates }: { rates: number[] }) => Math.max(...rates)
  return renderTable(
    ['commands a second', ...names],
    rows
      .filter(row => most(row) >= 0.05)
      .toSorted((a, b) => most(b) - most(a))
      .map(({ command, rates }) => [command, ...rates.map(each => each.toFixed(1))]),
  )
}

function isOf(name: ContestantName) {
  return ({ contestant }: Round) => contestant === name
}

function describe({ node, redis, rabbitmq, commands }: Round): string {
  const [ofNode, ofRedis] = [node, redis].map(percent => percent.toFixed(2))
  return `Node.js ${ofNode} %, Redis ${ofRedis} %, RabbitMQ ${rabbitmq.toFixed(1)} %, ${sumOf(commands).toFixed(0)} commands/s`
}

function show({ median, min, max }: Summary, digits: number): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)}-${max.toFixed(digits)})`
}
