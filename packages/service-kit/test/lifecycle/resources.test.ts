import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Resources } from '../../src/index.ts'

describe('Resources', () => {
  it('closes in reverse order, one after the other, once', async () => {
    const resources = new Resources()
    const closed: string[] = []
    for (const name of ['database', 'queue', 'server'])
      resources.use({
        async close() {
          await new Promise(setImmediate)
          closed.push(name)
        },
      })
    await Promise.all([resources.close(), resources.close()])
    assert.deepEqual(closed, ['server', 'queue', 'database'])
  })

  it('closes the rest when one cannot be closed, and tells of it', async () => {
    const resources = new Resources()
    const closed: string[] = []
    resources.defer(async () => {
      closed.push('database')
    })
    resources.defer(() => {
      throw new Error('stuck')
    })
    await assert.rejects(resources.close(), ({ errors }: AggregateError) => errors[0].message === 'stuck')
    assert.deepEqual(closed, ['database'])
  })

  it('closes what comes after it was closed', async () => {
    const resources = new Resources()
    await resources.close()
    const late = Promise.withResolvers<void>()
    resources.use({ close: async () => late.resolve() })
    await late.promise
  })
})
