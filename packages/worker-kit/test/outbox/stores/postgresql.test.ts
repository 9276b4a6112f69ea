import { startPostgresql } from '@jackalope/local-servers'
import { onEnd, temporaryFolder, wholeFile } from '@jackalope/local-servers/testing'
import pg from 'pg'
import { Sequelize } from 'sequelize'
import { pgStore, sequelizeStore } from '../../../src/outbox/index.ts'
import { testStore } from '../store-suite.ts'

const server = await startPostgresql({ dir: await temporaryFolder(wholeFile) })
onEnd(wholeFile, () => server.stop())
const { url } = server

testStore('An outbox on a pool of pg', async t => {
  const pool = new pg.Pool({ connectionString: url })
  onEnd(t, () => pool.end())
  return {
    tellsOfCommits: true,
    store: table => pgStore(pool, { table }),
    async transaction(work) {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        const result = await work(client)
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      } finally {
        client.release()
      }
    },
  }
})

testStore('An outbox on Sequelize with PostgreSQL', async t => {
  const sequelize = new Sequelize(url, { dialect: 'postgres', dialectModule: pg, logging: false })
  onEnd(t, () => sequelize.close())
  return {
    tellsOfCommits: true,
    store: table => sequelizeStore(sequelize, { table: `public.${table}` }),
    transaction: work => sequelize.transaction(work),
  }
})
