import { service } from '../api/service.ts'
import { user } from '../api/session.ts'
import { Button } from '../look/button.tsx'
import { Notice } from '../look/notice.tsx'
import { formatBytes, formatSpan } from '../texts/format-amounts.ts'
import { language } from '../texts/language.ts'
import { waitingFiles } from '../uploads/add-files.ts'
import { homeTexts } from './home-texts.ts'

/** Files that are named before somebody signs in. */
const shownNames = 5

/** What somebody is told who is not signed in, or has no account. */
export function Visitor() {
  const texts = homeTexts()
  const locale = language.value
  const { value: found } = user
  if (found?.guest) {
    const until = found.expiresAt ? new Date(found.expiresAt) : undefined
    const time = until && new Intl.DateTimeFormat(locale, { timeStyle: 'short' }).format(until)
    return (
      <Notice>
        {time && <p>{texts.guestNotice(time)}</p>}
        <SignLinks />
      </Notice>
    )
  }
  if (found && !found.verified)
    return (
      <Notice kind="warning">
        <p>{texts.verify(service.value?.unverified?.uploadsPerDay)}</p>
      </Notice>
    )
  if (found !== null) return null
  const guests = service.value?.guests
  const names = waitingFiles.value.map(({ chosen }) => chosen.file.name)
  const waiting = names.length
  if (guests && waiting === 0)
    return (
      <Notice>
        <p>
          {texts.visitor.guest(
            formatBytes(guests.maxUploadBytes, locale),
            formatSpan(guests.keptSeconds, locale),
          )}
        </p>
        <SignLinks />
      </Notice>
    )
  return (
    <Notice kind={waiting > 0 ? 'warning' : 'info'} isAlert={waiting > 0}>
      <p>{waiting > 0 ? texts.visitor.waiting(waiting) : texts.visitor.text}</p>
      {waiting > 0 && (
        <p class="soft file-name">
          {names.slice(0, shownNames).join(', ') + (waiting > shownNames ? ' …' : '')}
        </p>
      )}
      <SignLinks />
      {waiting > 0 && (
        <Button
          kind="quiet"
          isSmall
          onClick={() => {
            waitingFiles.value = []
          }}
        >
          {texts.visitor.dropAgain}
        </Button>
      )}
    </Notice>
  )
}

function SignLinks() {
  const texts = homeTexts().visitor
  return (
    <p class="row">
      {service.value?.registration && (
        <a class="button small primary" href="/sign-up">
          {texts.signUp}
        </a>
      )}
      <a class="button small" href="/sign-in">
        {texts.signIn}
      </a>
    </p>
  )
}
