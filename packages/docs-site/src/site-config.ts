import { join } from 'node:path'
import { defineConfig } from 'vitepress'
import { findDeadLinks } from './check-site.ts'
import { headingSlug } from './heading-slug.ts'
import { drawMermaid } from './mermaid-diagrams.ts'
import { sidebar } from './navigation.ts'
import { resolveLinks } from './page-links.ts'
import { projectRoot, repositoryUrl } from './repository.ts'
import { pageAddress, unpublishedFolders } from './site-pages.ts'

const repository = repositoryUrl(projectRoot)
const faults = new Set<string>()
const style = '.diagram { margin: 1.5rem 0; overflow-x: auto } .diagram svg { max-width: 100%; height: auto }'

/** The pages lie outside of this package, where Vue is not found; the program that renders them lies inside. */
const vueOfThisPackage = {
  name: 'vue-of-this-package',
  enforce: 'pre' as const,
  resolveId(id: string, _importer: string | undefined, { ssr }: { ssr?: boolean }) {
    return ssr && /^vue(\/|$)/.test(id) ? { id, external: true } : undefined
  },
}

/** VitePress's settings. The pages stay where GitHub shows them, so the whole project is its source folder. */
export const siteConfig = defineConfig({
  title: 'Jackalope',
  description: "BullMQ's API on RabbitMQ's back",
  srcDir: projectRoot,
  srcExclude: unpublishedFolders.map(name => `**/${name}/**`),
  outDir: join(projectRoot, 'packages/docs-site/dist'),
  rewrites: pageAddress,
  // Addresses on the reader's own machine are no links to check.
  ignoreDeadLinks: 'localhostLinks',
  head: [['style', {}, style]],
  markdown: {
    anchor: { slugify: headingSlug },
    config(md) {
      resolveLinks(md, { root: projectRoot, repository, report: fault => faults.add(fault) })
      drawMermaid(md)
    },
  },
  /** Here rather than where they are found: this way all are named. */
  async buildEnd({ outDir, site }) {
    for (const fault of await findDeadLinks(outDir, site.base)) faults.add(fault)
    if (faults.size > 0)
      throw new Error(`The documentation has ${faults.size} faults:\n${[...faults].join('\n')}`)
  },
  vite: { plugins: [vueOfThisPackage] },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'worker-kit', link: '/packages/worker-kit/' },
      { text: 'API reference', link: '/api/' },
      { text: 'The service', link: '/' },
    ],
    sidebar: sidebar(projectRoot),
    ...(repository && { socialLinks: [{ icon: 'github' as const, link: repository }] }),
  },
})
