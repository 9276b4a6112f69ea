import assert from 'node:assert/strict'
import { PassThrough, Readable } from 'node:stream'
import { test } from 'node:test'
import { createTerminal, seconds } from '../src/terminal.ts'

function setup({ isTTY = false, input = '' } = {}) {
  const stdout = Object.assign(new PassThrough(), { isTTY })
  const stdin = Object.assign(Readable.from([input]), { isTTY })
  return { terminal: createTerminal({ stdin, stdout }), written: () => String(stdout.read() ?? '') }
}

test('shows progress as a few plain lines without a terminal', async () => {
  const { terminal, written } = setup()
  const progress = await terminal.progress('Converting')
  for (const percent of [0, 1, 24.9, 60, 61, 100, 100]) progress.update(percent)
  progress.stop()
  assert.equal(written(), '  Converting 0 %\n  Converting 50 %\n  Converting 100 %\n')
})

test('takes yes for an answer without a terminal', async () => {
  assert.equal(await setup({ input: 'n\n' }).terminal.confirm('Install?'), true)
})

for (const [input, answer] of [
  ['\n', true],
  ['Yes\n', true],
  ['n\n', false],
] as const)
  test(`understands ${JSON.stringify(input)} on a terminal`, async () => {
    assert.equal(await setup({ isTTY: true, input }).terminal.confirm('Install?'), answer)
  })

test('writes times in seconds', () => {
  assert.deepEqual([40, 1_250, 75_400].map(seconds), ['0.0 s', '1.3 s', '75 s'])
})
