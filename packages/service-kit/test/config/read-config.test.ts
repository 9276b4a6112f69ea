import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { ConfigError, port, readConfig, secret, serviceVariables } from '../../src/index.ts'

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
})
