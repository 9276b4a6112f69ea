import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UsageError } from '../src/cli-error.ts'
import { parseArguments } from '../src/parse-arguments.ts'

const rules = { switches: ['yes', 'erase'], values: { format: ['mp3', 'wav'] }, maxOperands: 1 }

test('tells switches from operands, in any order', () => {
  const args = ['--yes', 'a video.mp4', '--format=wav']
  const { switches, values, operands } = parseArguments('demo', args, rules)
  assert.deepEqual([...switches], ['yes'])
  assert.deepEqual(values, { format: 'wav' })
  assert.deepEqual(operands, ['a video.mp4'])
})

test('takes everything after -- as an operand', () => {
  assert.deepEqual(parseArguments('demo', ['--', '--odd-name.mp4'], rules).operands, ['--odd-name.mp4'])
})

const wrong: [string[], RegExp][] = [
  [['--fast'], /^demo: unknown option "--fast"/],
  [['-x'], /^demo: unknown option "-x"/],
  [['--yes=no'], /^demo: unknown option "--yes=no"/],
  [['--format=flacc'], /^demo: --format: expected =mp3, =wav/],
  [['--format'], /^demo: --format: expected =mp3, =wav/],
  [['a', 'b'], /^demo: unexpected argument "b"/],
]
for (const [args, message] of wrong)
  test(`refuses ${args.join(' ')}`, () => {
    assert.throws(
      () => parseArguments('demo', args, rules),
      error => error instanceof UsageError && message.test(error.message),
    )
  })
