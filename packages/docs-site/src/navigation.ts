import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DefaultTheme } from 'vitepress'

/** What stands at the side of every page: worker-kit first, in the order in which somebody who is new to it reads. */
export function sidebar(root: string): DefaultTheme.SidebarItem[] {
  const page = (folder: string, file: string, text: string) => ({ text, link: `/${folder}${file}` })
  const kit = (file: string, text: string) => page('packages/worker-kit/docs/', file, text)
  const docs = (file: string, text: string) => page('docs/', file, text)
  return [
    {
      text: 'worker-kit',
      items: [
        { text: 'Start here', link: '/packages/worker-kit/' },
        kit('guarantees', 'Guarantees'),
        kit('supported-operations', 'Supported operations'),
        kit('configuration', 'Configuration'),
        kit('errors', 'Errors'),
        kit('dead-letters', 'Dead letters'),
        kit('cancel', 'Cancel a job'),
        kit('outbox', 'Jobs in your transaction'),
        kit('metrics', 'Metrics, traces, logs'),
        kit('operations', 'Operations'),
        kit('migrate-from-bullmq', 'Migrate from BullMQ'),
      ],
    },
    {
      text: 'API reference',
      items: [
        { text: '@jackalope/worker-kit', link: '/api/' },
        { text: '@jackalope/worker-kit/job', link: '/api/job/' },
        { text: '@jackalope/worker-kit/metrics', link: '/api/metrics/' },
        { text: '@jackalope/worker-kit/producer', link: '/api/broker-producer/' },
        { text: '@jackalope/worker-kit/outbox', link: '/api/outbox/' },
      ],
    },
    {
      text: 'How it works',
      items: [
        kit('rules', 'The rules R1 to R9'),
        kit('glossary', 'Glossary'),
        docs('message-format', 'Message format'),
        docs('rabbitmq', 'RabbitMQ under worker-kit'),
        docs('bullmq-conformance', "BullMQ's own tests"),
        docs('benchmarks', 'Benchmarks'),
      ],
    },
    {
      text: 'The service',
      items: [
        { text: 'Overview', link: '/' },
        docs('page', 'The page'),
        docs('api', 'HTTP API'),
        docs('uploads', 'Uploads'),
        docs('storage', 'Stored files'),
        docs('accounts', 'Accounts'),
        docs('webhooks', 'Webhooks and mails'),
        docs('http', 'Limits, retries, proxies'),
        docs('problems', 'Problems'),
        { text: 'A client in Python', link: '/examples/python-client/' },
        docs('local', 'On one machine'),
        docs('compose', 'Docker Compose'),
        docs('kubernetes', 'Kubernetes'),
        docs('configuration', 'Configuration'),
        docs('operate', 'Operating'),
        docs('security', 'Security'),
      ],
    },
    {
      text: 'The project',
      items: [
        { text: 'Architecture', link: '/ARCHITECTURE' },
        { text: 'Contributing', link: '/CONTRIBUTING' },
        { text: 'Changelog', link: '/CHANGELOG' },
      ],
    },
    { text: 'Decisions', link: '/docs/decisions/', collapsed: true, items: decisions(root) },
  ]
}

/** Every page of `docs/decisions`, under its own title. */
function decisions(root: string): DefaultTheme.SidebarItem[] {
  const folder = 'docs/decisions'
  const files = readdirSync(join(root, folder)).filter(file => /^\d+.*\.md$/.test(file))
  return files.toSorted().map(file => {
    const title = /^# (.+)$/m.exec(readFileSync(join(root, folder, file), 'utf8'))?.[1] ?? file
    return { text: title, link: `/${folder}/${file.replace(/\.md$/, '')}` }
  })
}
