import { useLocation } from 'preact-iso/router'
import './sub-navigation.css'

interface SubNavigationProps {
  label: string
  links: readonly { href: string; text: string }[]
}

/** The ways between the views of one part of the page. */
export function SubNavigation({ label, links }: SubNavigationProps) {
  const { path } = useLocation()
  // The longest address that fits is where one is: a webhook stands below the webhooks.
  const [current] = links
    .filter(({ href }) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.href.length - a.href.length)
  const currentOf = (href: string) => (path === href ? 'page' : href === current?.href ? 'true' : undefined)
  return (
    <nav class="sub-navigation" aria-label={label}>
      <ul>
        {links.map(({ href, text }) => (
          <li key={href}>
            <a href={href} aria-current={currentOf(href)}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
