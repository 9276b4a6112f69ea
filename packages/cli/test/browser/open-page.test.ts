import assert from 'node:assert/strict'
import { test } from 'node:test'
import { desktopOpener } from '../../src/browser/open-page.ts'

const platform = 'linux'

test('an address is opened where a person sits at a desktop', () => {
  for (const env of [{ DISPLAY: ':0' }, { WAYLAND_DISPLAY: 'wayland-0' }])
    assert.equal(desktopOpener({ env, isInteractive: true, platform }), 'xdg-open')
  assert.equal(desktopOpener({ env: {}, isInteractive: true, platform: 'darwin' }), 'open')
})

test('no address is opened without a desktop, without a terminal, in CI and over ssh', () => {
  const DISPLAY = ':0'
  assert.equal(desktopOpener({ env: {}, isInteractive: true, platform }), undefined)
  assert.equal(desktopOpener({ env: { DISPLAY }, isInteractive: false, platform }), undefined)
  for (const elsewhere of [
    { CI: 'true' },
    { SSH_CONNECTION: '10.0.0.1 5 10.0.0.2 22' },
    { SSH_TTY: '/dev/pts/1' },
  ])
    for (const system of ['linux', 'darwin'] as const)
      assert.equal(
        desktopOpener({ env: { DISPLAY, ...elsewhere }, isInteractive: true, platform: system }),
        undefined,
      )
})
