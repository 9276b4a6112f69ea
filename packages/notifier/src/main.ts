import './thread-pool.ts'
import { runService } from '@jackalope/service-kit'
import { notifierConfig } from './config/notifier-config.ts'
import { startNotifier } from './start-notifier.ts'

await runService({
  service: 'notifier',
  env: process.env,
  config: notifierConfig,
  start: async context => {
    await startNotifier(context)
  },
})
