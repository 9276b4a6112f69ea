import { setTimeout as delay } from 'node:timers/promises'
import { nowMicros } from '../clock.ts'
import type { FillMode } from '../measures.ts'
import { openProducer } from '../sides/open.ts'
import type { Access, JobData, ProducerSide, QueueState } from '../sides/side.ts'
import { profiled } from './profile.ts'
import { serveCalls } from './serve-calls.ts'

export interface FillPlan {
  jobs: number
  mode: FillMode
  payloadBytes: number
  /** How long each job's handler takes, in milliseconds. @default 0: it does nothing */
  workMs?: number
  /** File of a CPU profile. @default none is made */
  profile?: string
}

let sides: ProducerSide[] = []

const calls = {
  async open(access: Access, queues: string[]): Promise<void> {
    sides = await Promise.all(queues.map(queue => openProducer(access, queue)))
  },

  /** Adds jobs, to all queues in turn; gives the milliseconds that it took. */
  fill({ jobs, mode, payloadBytes, workMs, profile }: FillPlan): Promise<number> {
    const make = jobMaker(payloadBytes, workMs)
    return profiled(profile, async () => {
      const began = nowMicros()
      await fills[mode](jobs, make)
      return (nowMicros() - began) / 1_000
    })
  },

  /** Adds jobs at a steady pace, whether or not the one before is confirmed.
   *  @param first - number of the first of them */
  async pace(first: number, jobs: number, paceMs: number, payloadBytes: number): Promise<void> {
    const make = jobMaker(payloadBytes)
    const adds: Promise<void>[] = []
    const began = performance.now()
    for (let i = 0; i < jobs; i += 1) {
      await delay(Math.max(0, began + i * paceMs - performance.now()))
      adds.push(sideOf(i).add({ ...make(first + i), addedAt: nowMicros() }))
    }
    await Promise.all(adds)
  },

  /** Adds jobs in one go that take as long as the list says, in milliseconds. */
  async addWork(workMs: number[], payloadBytes: number): Promise<void> {
    const make = jobMaker(payloadBytes)
    const side = sideOf(0)
    await side.addBulk(workMs.map((ms, seq) => ({ ...make(seq), workMs: ms, addedAt: nowMicros() })))
  },

  inspect(): Promise<QueueState[]> {
    return Promise.all(sides.map(side => side.inspect()))
  },

  async remove(): Promise<void> {
    const removed = sides
    sides = []
    for (const side of removed) await side.remove()
  },
}

export type ProducerCalls = typeof calls

const bulkSize = 500
const callers = 50

const fills: Record<FillMode, (jobs: number, make: (seq: number) => JobData) => Promise<void>> = {
  async single(jobs, make) {
    for (let seq = 0; seq < jobs; seq += 1) await sideOf(seq).add(make(seq))
  },
  async fifty(jobs, make) {
    let next = 0
    const caller = async () => {
      while (next < jobs) {
        const seq = next
        next += 1
        await sideOf(seq).add(make(seq))
      }
    }
    await Promise.all(Array.from({ length: callers }, caller))
  },
  async bulk(jobs, make) {
    for (let first = 0; first < jobs; first += bulkSize) {
      const length = Math.min(bulkSize, jobs - first)
      await sideOf(first / bulkSize).addBulk(Array.from({ length }, (_, i) => make(first + i)))
    }
  },
}

function sideOf(i: number): ProducerSide {
  return sides[i % sides.length] as ProducerSide
}

/** Makes jobs whose data are that long as JSON. */
function jobMaker(payloadBytes: number, workMs = 0): (seq: number) => JobData {
  const bare = JSON.stringify({ seq: 10_000, addedAt: 0, workMs: 0, padding: '' }).length
  const padding = 'x'.repeat(Math.max(0, payloadBytes - bare))
  return seq => ({ seq, addedAt: 0, workMs, padding })
}

serveCalls(calls)
