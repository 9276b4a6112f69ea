import { randomUUID } from 'node:crypto'
import { describe } from 'node:test'
import { mongodbUrl, noMongodb, onEnd } from '@jackalope/local-servers/testing'
import { MongoClient } from 'mongodb'
import { mongodbStore } from '../../../src/outbox/index.ts'
import { testStore } from '../store-suite.ts'

describe('MongoDB', { skip: noMongodb }, () => {
  testStore('An outbox on MongoDB', async t => {
    const client = new MongoClient(mongodbUrl())
    const database = client.db(`test_${randomUUID().replaceAll('-', '')}`)
    onEnd(t, async () => {
      await database.dropDatabase()
      await client.close()
    })
    return {
      tellsOfCommits: true,
      store: table => mongodbStore(database, { table }),
      transaction: work => client.withSession(session => session.withTransaction(() => work(session))),
    }
  })
})
