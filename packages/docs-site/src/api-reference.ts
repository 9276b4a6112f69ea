import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Application, LogLevel } from 'typedoc'
import type { PluginOptions } from 'typedoc-plugin-markdown'
import { repositoryUrl } from './repository.ts'
import { API_FOLDER } from './site-pages.ts'

/** What may be imported of worker-kit; each becomes a page. */
const entryPoints = [
  'index.ts',
  'job/index.ts',
  'metrics/index.ts',
  'broker-producer/index.ts',
  'outbox/index.ts',
]

/** Writes the API reference of worker-kit from its docstrings, as Markdown pages.
 *  @throws {Error} when a docstring refers to what is not there */
export async function writeApiReference(root: string): Promise<void> {
  const source = join(root, 'packages/worker-kit/src')
  const out = join(root, API_FOLDER)
  const repository = repositoryUrl(root)
  const markdown: Partial<PluginOptions> = {
    entryFileName: 'README',
    entryModule: 'index',
    outputFileStrategy: 'members',
    hidePageHeader: true,
    hideBreadcrumbs: true,
    parametersFormat: 'table',
    useCodeBlocks: true,
  }
  const app = await Application.bootstrapWithPlugins({
    plugin: ['typedoc-plugin-markdown'],
    outputs: [{ name: 'markdown', path: out }],
    name: 'API reference',
    entryPoints: entryPoints.map(file => join(source, file)),
    tsconfig: join(root, 'packages/docs-site/tsconfig.json'),
    basePath: source,
    readme: 'none',
    excludePrivate: true,
    excludeInternal: true,
    excludeExternals: true,
    disableGit: true,
    disableSources: !repository,
    sourceLinkTemplate: `${repository}/blob/main/packages/worker-kit/src/{path}#L{line}`,
    validation: { invalidLink: true, notExported: false, notDocumented: false },
    logLevel: 'Error',
    ...markdown,
  })
  // Our backend has BullMQ's docstrings where it overrides BullMQ's methods, and those name BullMQ's classes.
  app.converter.addUnknownSymbolResolver((_, place) =>
    place.getFullName().includes('RabbitmqQueueBackend') ? 'https://api.docs.bullmq.io/' : undefined,
  )
  const project = await app.convert()
  if (!project || app.logger.hasErrors()) throw new Error('typedoc could not read worker-kit')
  app.logger.level = LogLevel.Warn
  app.validate(project)
  if (app.logger.validationWarningCount > 0) throw new Error('A docstring refers to what is not there')
  await rm(out, { recursive: true, force: true })
  await app.generateOutputs(project)
}
