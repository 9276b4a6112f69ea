import { existsSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { MarkdownRenderer } from 'vitepress'
import { pageAddress, unpublishedFolders } from './site-pages.ts'

export interface LinkSettings {
  root: string
  /** Where files that are no pages can be read; without it they are not linked. */
  repository: string | undefined
}

/** Resolves the links of Markdown pages: they lead from file to file, as on GitHub, and become addresses of the site, or of
 *  the repository.
 *  @param settings.report - is told of each link, and of each path of a source file in a code span, that names no file */
export function resolveLinks(
  md: MarkdownRenderer,
  settings: LinkSettings & { report: (fault: string) => void },
): void {
  const { root, report } = settings
  md.core.ruler.after('inline', 'page-links', ({ tokens, env }) => {
    const page = slashed(relative(root, String(env.realPath ?? env.path)))
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'code_inline' && namesMissingFile(token.content, page, root))
        report(`${page}: there is no file "${token.content}"`)
      if (token.type !== 'link_open') continue
      const link = token.attrGet('href') ?? ''
      const href = resolveLink(link, page, settings)
      if (href === DEAD) report(`${page}: dead link "${link}"`)
      if (typeof href === 'string') token.attrSet('href', href)
      else token.attrs = []
    }
  })
}

/** What `resolveLink` gives for a link to a file that is not there. */
export const DEAD = Symbol('dead link')

/** @param page - the Markdown file, relative to the project's folder
 *  @returns the address; `undefined` when the file cannot be shown */
export function resolveLink(
  href: string,
  page: string,
  { root, repository }: LinkSettings,
): string | typeof DEAD | undefined {
  if (href.startsWith('#') || /^[a-z]+:/i.test(href)) return href
  const [path = '', hash] = decodeURI(href).split('#')
  const target = resolve(root, dirname(page), path)
  const file = slashed(relative(root, target))
  const anchor = hash === undefined ? '' : `#${hash}`
  if (file.startsWith('..') || !existsSync(target)) return DEAD
  const isFolder = statSync(target).isDirectory()
  const shown = isFolder ? `${file}/README.md` : file
  if (isPage(shown) && existsSync(join(root, shown))) return `/${pageAddress(shown)}${anchor}`
  return repository && `${repository}/${isFolder ? 'tree' : 'blob'}/main/${file}${anchor}`
}

function isPage(file: string): boolean {
  const isLeftOut = (name: string) => name.startsWith('.') || unpublishedFolders.includes(name)
  return file.endsWith('.md') && !file.split('/').some(isLeftOut)
}

function slashed(path: string): string {
  return path.split(sep).join('/')
}

/** `worker/pump.ts`: with a folder, so that it is a path and no mere name. */
const sourceFile = /^(?:[\w.-]+\/)+[\w.-]+\.(?:ts|lua|mjs|sh)$/

/** Whether a code span is the path of a source file, and there is none. A path may begin at the project's folder, at the
 *  page's, or at a package's folder or its `src`; pages of no package speak of worker-kit. */
export function namesMissingFile(text: string, page: string, root: string): boolean {
  if (!sourceFile.test(text)) return false
  const packageFolder = /^packages\/[^/]+/.exec(page)?.[0] ?? 'packages/worker-kit'
  const bases = ['', dirname(page), packageFolder, `${packageFolder}/src`]
  return !bases.some(base => existsSync(join(root, base, text)))
}
