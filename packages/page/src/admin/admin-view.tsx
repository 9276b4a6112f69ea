import type { ComponentChildren } from 'preact'
import { NeedsUser } from '../account/needs-user.tsx'
import { View } from '../app/view.tsx'
import { SubNavigation } from '../look/sub-navigation.tsx'
import './admin.css'
import { adminTexts } from './admin-texts.ts'

interface AdminViewProps {
  title: string
  children: ComponentChildren
}

/** A view for operators; others are told that it is none for them. */
export function AdminView({ title, children }: AdminViewProps) {
  const texts = adminTexts().admin
  const links = [
    { href: '/admin', text: texts.overview },
    { href: '/admin/queues', text: texts.queues },
    { href: '/admin/dead-letters', text: texts.deadLetters },
    { href: '/admin/storage', text: texts.storage },
    { href: '/admin/failures', text: texts.failures },
    { href: '/admin/people', text: texts.people },
    { href: '/admin/log', text: texts.log },
  ]
  return (
    <View title={title} isWide>
      <NeedsUser isForAdmins>
        <SubNavigation label={texts.sections} links={links} />
        {children}
      </NeedsUser>
    </View>
  )
}
