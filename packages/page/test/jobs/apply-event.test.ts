import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyEvent } from '../../src/jobs/apply-event.ts'
import type { Job } from '../../src/jobs/job.ts'

function job(id: string, changed: Partial<Job> = {}): Job {
  const createdAt = `2026-11-30T05:00:0${id}.000Z`
  return {
    id,
    state: 'waiting',
    progress: 0,
    fileName: `${id}.mp4`,
    attemptsMade: 0,
    attempts: 10,
    createdAt,
    ...changed,
  }
}
const mapOf = (...jobs: Job[]) => new Map(jobs.map(each => [each.id, each]))

test('a job goes its way by events, and shows no old stage, fault or progress', () => {
  let jobs = new Map(mapOf(job('1'))) as ReadonlyMap<string, Job>
  const at = '2026-11-30T05:01:00.000Z'
  jobs = applyEvent(jobs, { kind: 'state', data: { id: '1', state: 'active', at } })
  jobs = applyEvent(jobs, { kind: 'progress', data: { id: '1', progress: 40, stage: 'converting' } })
  const { state: begun, startedAt, progress: part, stage: now } = jobs.get('1') ?? job('1')
  assert.deepEqual([begun, startedAt, part, now], ['active', at, 40, 'converting'])
  const waitingForUs = { since: at, pauses: 1 }
  jobs = applyEvent(jobs, { kind: 'progress', data: { id: '1', progress: 40, waitingForUs } })
  assert.deepEqual(jobs.get('1')?.waitingForUs, waitingForUs)
  jobs = applyEvent(jobs, { kind: 'state', data: { id: '1', state: 'completed', at } })
  const { state, progress, stage, waitingForUs: wait, finishedAt } = jobs.get('1') ?? job('1')
  assert.deepEqual([state, progress, stage, wait, finishedAt], ['completed', 100, undefined, undefined, at])
})

test('progress that comes after the end does not begin the job anew', () => {
  const jobs = mapOf(job('1', { state: 'completed', progress: 100 }))
  const after = applyEvent(jobs, { kind: 'progress', data: { id: '1', progress: 10, stage: 'fetching' } })
  assert.deepEqual(after.get('1'), jobs.get('1'))
})

test('a snapshot drops what was deleted meanwhile, and keeps what is older than it', () => {
  const jobs = mapOf(job('1'), job('2'), job('3'), job('4'))
  const after = applyEvent(jobs, {
    kind: 'snapshot',
    data: { jobs: [job('4', { progress: 7 }), job('2')], next: '/jobs?before=2' },
  })
  assert.deepEqual([...after.keys()].toSorted(), ['1', '2', '4'])
  assert.equal(after.get('4')?.progress, 7)
  const whole = applyEvent(jobs, { kind: 'snapshot', data: { jobs: [job('4')] } })
  assert.deepEqual([...whole.keys()], ['4'])
})

test('events of unknown jobs change nothing, and deleted jobs go', () => {
  const jobs = mapOf(job('1'))
  assert.equal(applyEvent(jobs, { kind: 'deleted', data: { id: '9' } }), jobs)
  assert.equal(applyEvent(jobs, { kind: 'deleted', data: { id: '1' } }).size, 0)
})
