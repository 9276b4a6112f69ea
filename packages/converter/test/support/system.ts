import type { TestContext } from 'node:test'
import { temporaryFolder } from '@jackalope/local-servers/testing'
import { serverAddresses, startProcess } from './converter-process.ts'
import { openQueues } from './queues.ts'
import { openStores } from './stores.ts'

/** Queues, stores, and converters as processes of their own that share a work folder. */
export async function openSystem(t: TestContext) {
  const workDir = await temporaryFolder(t)
  const queues = await openQueues(t)
  const stores = openStores(t)
  return {
    ...queues,
    ...stores,
    workDir,
    async startConverter(env: Record<string, string> = {}) {
      const converter = await startProcess(t, new URL('run-converter.ts', import.meta.url), {
        ...serverAddresses(),
        WORK_DIR: workDir,
        CONCURRENCY: '1',
        LOG_LEVEL: 'debug',
        TEST_PREFIX: queues.prefix,
        TEST_STORE_PREFIX: stores.storePrefix,
        ...stores.variables,
        ...env,
      })
      await converter.logged('ready')
      return converter
    },
  }
}
