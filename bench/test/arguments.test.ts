import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BenchArgumentError, parseBenchArguments } from '../src/arguments.ts'

test('compares everything unless told otherwise', () => {
  const { contestants, payloads, rounds, share } = parseBenchArguments([])
  assert.equal(contestants, undefined)
  assert.deepEqual([payloads, rounds, share], [[200, 10_240], 5, 1])
})

test('a quick run has fewer jobs and rounds; what is said beside it holds', () => {
  const { payloads, rounds, share } = parseBenchArguments(['--quick', '--rounds', '7'])
  assert.deepEqual([payloads, rounds, share], [[200], 7, 0.25])
})

test('takes a scenario by its name', () => {
  const { scenario, jobs } = parseBenchArguments(['backlog', '--jobs', '5000'])
  assert.deepEqual([scenario, jobs], ['backlog', 5_000])
})

test('takes choices', () => {
  const chosen = parseBenchArguments([
    '--contestants=stock,quorum',
    '--measures',
    'add-50',
    '--payloads',
    '512',
  ])
  assert.deepEqual(chosen.contestants, ['stock', 'quorum'])
  assert.deepEqual(chosen.measures, ['add-50'])
  assert.deepEqual(chosen.payloads, [512])
})

const wrong: [args: string[], message: RegExp][] = [
  [['--contestants', 'kafka'], /contestants: "kafka" is none of stock, /],
  [['--measures', 'add,'], /measures: "" is none of add, /],
  [['--rounds', '0'], /--rounds: expected an integer from 1 to 100, got "0"/],
  [['--rounds', '1,2'], /--rounds: expected one number/],
  [['--payloads', '20'], /--payloads: expected an integer from 100 /],
  [['--share', '2'], /--share: expected a number above 0 and at most 1, got "2"/],
  [['--fast'], /Unknown option '--fast'/],
  [['now'], /scenario: "now" is none of scaling, backlog, fairness, idle, conversion/],
  [['backlog', 'scaling'], /one scenario at a time/],
  [['fairness', '--measures=add'], /--measures has no meaning for the fairness/],
  [['idle', '--workers=2'], /--workers has no meaning for the idle/],
  [['scaling', '--queues=1,none'], /--queues: expected an integer from 1 to 256, got "none"/],
  [['--jobs=5000'], /--jobs has no meaning for the comparison/],
  [['--nodes', '0'], /--nodes: expected an integer from 1 to 7, got "0"/],
  [['backlog', '--jobs=7'], /--jobs: expected an integer from 1000 /],
]
for (const [args, message] of wrong)
  test(`refuses ${args.join(' ')}`, () => {
    assert.throws(
      () => parseBenchArguments(args),
      (error: unknown) => {
        assert.ok(error instanceof BenchArgumentError)
        assert.match(error.message, message)
        return true
      },
    )
  })
