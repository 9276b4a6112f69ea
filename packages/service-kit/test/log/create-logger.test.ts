import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { withLogFields } from '../../src/index.ts'
import { captureLog } from '../captured-log.ts'

describe('createLogger', () => {
  it('writes the time in ISO 8601, the level by name and the service', () => {
    const { logger, lines } = captureLog()
    logger.warn('hello')
    assert.equal(lines[0]?.level, 'warn')
    assert.equal(lines[0]?.service, 'test')
    assert.equal(new Date(lines[0]?.time as string).toISOString(), lines[0]?.time)
  })

  it('hides secrets under telling names at any depth, in children too', () => {
    const { logger, lines } = captureLog()
    const secrets = {
      password: 'hunter22',
      deep: [{ headers: { Authorization: 'hunter22', 'set-cookie': ['hunter22'] } }],
    }
    logger.info(secrets)
    logger.child({ jwtSecret: 'hunter22' }).info({ accessToken: 'hunter"leftover\\' })
    assert.doesNotMatch(JSON.stringify(lines), /hunter|leftover/)
    assert.equal(lines[0]?.password, '[redacted]')
  })

  it('keeps numbers under such names, and what it is given unchanged', () => {
    const { logger, lines } = captureLog()
    const fields = { tokensLeft: 3, password: 'hunter22' }
    logger.info(fields)
    assert.equal(lines[0]?.tokensLeft, 3)
    assert.equal(fields.password, 'hunter22')
  })

  it('hides the passwords of URLs in messages, fields and stack traces', () => {
    const { logger, lines } = captureLog()
    logger.info({ to: 'redis://:hunter22@host' }, 'connecting to amqp://guest:hunter22@host:5672/%2f')
    logger.error({
      err: new Error('no answer from mysql://jack:hunter22@db', { cause: new Error('http://a:hunter22@b') }),
    })
    assert.doesNotMatch(JSON.stringify(lines), /hunter22/)
    assert.equal(lines[0]?.msg, 'connecting to amqp://guest:***@host:5672/%2f')
  })

  it('hides what libraries hang onto their errors', () => {
    const { logger, lines } = captureLog()
    const err = Object.assign(new Error('refused'), {
      config: { headers: { authorization: 'Bearer hunter22' } },
    })
    logger.error({ err })
    assert.doesNotMatch(JSON.stringify(lines), /hunter22/)
    assert.match(JSON.stringify(lines), /refused.*create-logger\.test/)
  })
})

describe('withLogFields', () => {
  it('puts its fields on every line within, across awaits, and inner ones besides', async () => {
    const { logger, lines } = captureLog()
    await withLogFields({ requestId: 'r1' }, async () => {
      await nextTurn()
      withLogFields({ jobId: 'j1' }, () => logger.info('inner'))
      logger.info('outer')
    })
    logger.info('outside')
    const ids = lines.map(({ msg, requestId, jobId }) => [msg, requestId, jobId])
    assert.deepEqual(ids, [
      ['inner', 'r1', 'j1'],
      ['outer', 'r1', undefined],
      ['outside', undefined, undefined],
    ])
  })
})
