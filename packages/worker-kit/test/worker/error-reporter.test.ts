import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ErrorReporter } from '../../src/worker/error-reporter.ts'

test('errors of one kind are reported once, those of another kind at once', () => {
  const reported: string[] = []
  const reporter = new ErrorReporter(({ message }) => reported.push(message))
  for (let i = 0; i < 1_000; i += 1) reporter.report(new Error(`OOM command ${i} not allowed`))
  reporter.report(new Error('BUSY Redis is busy running a script'))
  reporter.report(Object.assign(new Error('OOM'), { code: 'ERR_CONNECT' }))
  assert.deepEqual(reported, ['OOM command 0 not allowed', 'BUSY Redis is busy running a script', 'OOM'])
})

test('however many kinds there are, few are remembered', () => {
  let count = 0
  const reporter = new ErrorReporter(() => {
    count += 1
  })
  for (let i = 0; i < 1_000; i += 1) reporter.report(new Error(`KIND${i} failed`))
  // The first kind is forgotten by now.
  reporter.report(new Error('KIND0 failed'))
  reporter.report(new Error('KIND999 failed'))
  assert.equal(count, 1_001)
})
