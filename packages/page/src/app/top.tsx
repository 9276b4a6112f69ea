import { useLocation } from 'preact-iso/router'
import { isAdmin, user } from '../api/session.ts'
import { Button } from '../look/button.tsx'
import { Glyph } from '../look/glyph.tsx'
import { Mark } from '../look/mark.tsx'
import { language, setLanguage } from '../texts/language.ts'
import { frameTexts } from './frame-texts.ts'
import { SignOut } from './sign-out.tsx'
import { nextTheme, theme } from './theme.ts'

/** The head of the page: its name, the main navigation, and the switches. */
export function Top() {
  const texts = frameTexts()
  return (
    <header class="top">
      <a class="brand" href="/" aria-label={texts.home}>
        <Mark />
        <span>Jackalope</span>
      </a>
      <nav class="main-navigation" aria-label={texts.navigation.label}>
        <ul>
          <NavigationLink href="/">{texts.navigation.convert}</NavigationLink>
          {user.value && <NavigationLink href="/history">{texts.navigation.history}</NavigationLink>}
          {user.value && !user.value.guest && (
            <NavigationLink href="/settings" isSection>
              {texts.navigation.settings}
            </NavigationLink>
          )}
          {isAdmin.value && (
            <NavigationLink href="/admin" isSection>
              {texts.navigation.admin}
            </NavigationLink>
          )}
        </ul>
      </nav>
      <div class="switches">
        <ThemeSwitch />
        <LanguageSwitch />
        {(user.value === null || user.value?.guest) && (
          <a class="button small" href="/sign-in">
            {texts.signIn}
          </a>
        )}
        {user.value && !user.value.guest && <SignOut />}
      </div>
    </header>
  )
}

interface NavigationLinkProps {
  href: string
  /** Current, too, at addresses below it. */
  isSection?: boolean
  children: string
}

function NavigationLink({ href, isSection, children }: NavigationLinkProps) {
  const { path } = useLocation()
  const isCurrent = path === href || (isSection && path.startsWith(`${href}/`))
  return (
    <li>
      <a href={href} aria-current={isCurrent ? 'page' : undefined}>
        {children}
      </a>
    </li>
  )
}

function ThemeSwitch() {
  const current = theme.value
  return (
    <Button
      kind="quiet"
      isIcon
      isSmall
      glyph={current}
      onClick={() => {
        theme.value = nextTheme(current)
      }}
    >
      {frameTexts().theme[current]}
    </Button>
  )
}

function LanguageSwitch() {
  const { code, name } = frameTexts().otherLanguage
  const other = language.value === 'de' ? 'en' : 'de'
  return (
    <button
      type="button"
      class="button quiet small"
      lang={other}
      aria-label={`${code} – ${name}`}
      title={name}
      onClick={() => setLanguage(other)}
    >
      <Glyph name="language" />
      {code}
    </button>
  )
}
