import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'

/** What is wrong with the links of a built site, one line for each: to a page, or to a heading of a page, that is not there.
 *  @param folder - the site's HTML files
 *  @param base - the address that the site's root will have: `/`, or `/name/` */
export async function findDeadLinks(folder: string, base: string): Promise<string[]> {
  const files = (await readdir(folder, { recursive: true })).filter(file => file.endsWith('.html'))
  const pages = new Map<string, string>()
  for (const file of files) pages.set(file.split(sep).join('/'), await readFile(join(folder, file), 'utf8'))
  const anchors = new Map([...pages].map(([page, html]) => [page, anchorsOf(html)]))
  const faults = new Map<string, Set<string>>()
  const note = (fault: string, page: string) => faults.set(fault, (faults.get(fault) ?? new Set()).add(page))
  for (const [page, html] of pages)
    for (const [, href = ''] of html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
      const [path = '', anchor] = decode(href).split('#')
      if (/^[a-z]+:|^\/\//i.test(path)) continue
      const target = path === '' ? page : pageOf(path, page, base)
      const known = anchors.get(target)
      if (!known) note(`dead link "${href}"`, page)
      else if (anchor && !known.has(anchor)) note(`"${href}" leads to no heading`, page)
    }
  return [...faults].map(([fault, [first, ...others]]) => {
    // What is wrong with the navigation is wrong on every page.
    const more = others.length > 0 ? `, and ${others.length} more` : ''
    return `${first}${more}: ${fault}`
  })
}

function anchorsOf(html: string): Set<string> {
  return new Set([...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].map(([, id = '']) => decode(id)))
}

function pageOf(path: string, page: string, base: string): string {
  const absolute = path.startsWith(base) ? `/${path.slice(base.length)}` : path
  const file = relative('/', resolve('/', dirname(page), absolute))
  if (path.endsWith('/')) return join(file, 'index.html')
  return file.endsWith('.html') ? file : `${file}.html`
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'"))
}
