import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import { isAdmin, user } from '../api/session.ts'
import { Busy } from '../look/busy.tsx'
import { Notice } from '../look/notice.tsx'
import { needsTexts } from './needs-texts.ts'
import { signInFor } from './return-path.ts'

interface NeedsUserProps {
  /** Whether it is for operators. @default false */
  isForAdmins?: boolean
  children: ComponentChildren
}

/** Shows something to whoever has an account: others are led to the sign-in and back, or told why they do not see it. */
export function NeedsUser({ isForAdmins = false, children }: NeedsUserProps) {
  const current = user.value
  const { url, route } = useLocation()
  useEffect(() => {
    if (current === null) route(signInFor(url), true)
  }, [current === null])
  if (!current) return <Busy />
  const texts = needsTexts()
  if (isForAdmins && !isAdmin.value)
    return (
      <Notice kind="warning" title={texts.adminTitle}>
        <p>{texts.adminText}</p>
        <p>
          <a href="/">{texts.home}</a>
        </p>
      </Notice>
    )
  if (current.guest)
    return (
      <Notice title={texts.guestTitle}>
        <p>{texts.guestText}</p>
        <p>
          <a class="button primary" href="/sign-up">
            {texts.signUp}
          </a>
        </p>
      </Notice>
    )
  return <>{children}</>
}
