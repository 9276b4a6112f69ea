import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it, type TestContext } from 'node:test'
import { onEnd } from '@jackalope/local-servers/testing'
import { z } from 'zod'
import {
  absolutePath,
  ConfigError,
  httpUrl,
  oneOf,
  port,
  readConfig,
  requireFor,
  secret,
  serviceVariables,
} from '../../src/index.ts'

function faultsOf(schema: z.ZodObject, env: Record<string, string | undefined>): readonly string[] {
  try {
    readConfig(schema, env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

describe('readConfig', () => {
  it('gives the parsed values of the variables it was asked for, frozen', () => {
    const config = readConfig(z.object(serviceVariables), { PORT: '8080', HOME: '/root' })
    assert.deepEqual(config, { HOST: '127.0.0.1', PORT: 8080, LOG_LEVEL: 'info' })
    assert.ok(Object.isFrozen(config))
  })

  it('reports every fault together, one line each, by the name of its variable', () => {
    const schema = z.object({ ...serviceVariables, JWT_SECRET: secret(32) })
    assert.deepEqual(faultsOf(schema, { PORT: '80a', HOST: '0.0.0.0.0', LOG_LEVEL: 'loud' }), [
      'HOST: expected an IP address or a host name, such as 0.0.0.0, got "0.0.0.0.0"',
      'PORT: expected an integer from 1 to 65535, got "80a"',
      'LOG_LEVEL: expected one of fatal, error, warn, info, debug, trace, silent, got "loud"',
      'JWT_SECRET: is not set; expected a random text of at least 32 bytes; make one with: openssl rand -base64 48',
    ])
  })

  it('takes an empty variable for one that is not set', () => {
    assert.deepEqual(readConfig(z.object({ PORT: port().default(8080) }), { PORT: '' }), { PORT: 8080 })
    assert.deepEqual(faultsOf(z.object({ PORT: port() }), { PORT: '' }), [
      'PORT: is not set; expected an integer from 1 to 65535',
    ])
  })

  it('never turns a fault into the default', () => {
    assert.equal(faultsOf(z.object({ PORT: port().default(8080) }), { PORT: '808O' }).length, 1)
  })

  it('reports a rule across variables without a name', () => {
    const schema = z
      .object({ MAIL: z.literal('off').optional(), SMTP_URL: z.string().optional() })
      .refine(({ MAIL, SMTP_URL }) => MAIL || SMTP_URL, 'set SMTP_URL, or MAIL=off')
    assert.deepEqual(faultsOf(schema, {}), ['set SMTP_URL, or MAIL=off'])
  })

  it('asks for what the choice of another variable needs, together with all other faults', () => {
    const schema = requireFor(
      z.object({
        PORT: port(),
        STORE: oneOf('server', 'disk').default('server'),
        URL: httpUrl().optional(),
        DIR: absolutePath().optional(),
      }),
      'STORE',
      { server: 'URL', disk: 'DIR' },
    )
    assert.deepEqual(faultsOf(schema, {}), [
      'PORT: is not set; expected an integer from 1 to 65535',
      'URL: is not set; STORE=server needs it',
    ])
    assert.deepEqual(faultsOf(schema, { PORT: '1', STORE: 'disk' }), ['DIR: is not set; STORE=disk needs it'])
    assert.deepEqual(faultsOf(schema, { PORT: '1', STORE: 'disc' }), [
      'STORE: expected one of server, disk, got "disc"',
    ])
    assert.deepEqual(faultsOf(schema, { PORT: '1', STORE: 'disk', DIR: 'data' }), [
      'DIR: expected an absolute path, got "data"',
    ])
    assert.deepEqual(readConfig(schema, { PORT: '1', STORE: 'disk', DIR: '/data' }), {
      PORT: 1,
      STORE: 'disk',
      DIR: '/data',
    })
  })

  it('takes a value from the file that NAME_FILE names, without its last line break', t => {
    const file = fileWith(t, 'correct horse battery staple 123\n')
    const schema = z.object({ JWT_SECRET: secret(32) })
    assert.deepEqual(readConfig(schema, { JWT_SECRET_FILE: file }), {
      JWT_SECRET: 'correct horse battery staple 123',
    })
    assert.deepEqual(readConfig(z.object({ PORT: port() }), { PORT: '8080', PORT_FILE: '' }), { PORT: 8080 })
  })

  it('reports a file that is missing, empty or named beside the value, and each fault once', t => {
    const schema = z.object({ PORT: port(), A: secret(32), B: secret(32), C: secret(32), D: secret(32) })
    const [empty, short] = [fileWith(t, '\n'), fileWith(t, 'hunter2')]
    const faults = faultsOf(schema, {
      PORT: '80a',
      A_FILE: '/nowhere/secret',
      B: 'hunter2',
      B_FILE: short,
      C_FILE: empty,
      D_FILE: short,
    })
    assert.deepEqual(faults.slice(0, 4), [
      'A_FILE: "/nowhere/secret" cannot be read (ENOENT)',
      'B: is set, and so is B_FILE; remove one of the two',
      `C_FILE: "${empty}" is empty`,
      'PORT: expected an integer from 1 to 65535, got "80a"',
    ])
    assert.match(faults[4] ?? '', /^D: is too short: expected at least 32 bytes, got 7/)
    assert.equal(faults.length, 5)
    assert.doesNotMatch(faults.join(), /hunter2/)
  })
})

function fileWith(t: TestContext, content: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'jackalope-config-'))
  onEnd(t, () => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'value')
  writeFileSync(file, content)
  return file
}
