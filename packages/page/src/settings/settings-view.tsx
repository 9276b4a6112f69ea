import type { ComponentChildren } from 'preact'
import { NeedsUser } from '../account/needs-user.tsx'
import { View } from '../app/view.tsx'
import { SubNavigation } from '../look/sub-navigation.tsx'
import './settings.css'
import { settingsTexts } from './settings-texts.ts'

interface SettingsViewProps {
  title: string
  children: ComponentChildren
}

/** A view of the settings: the way to the others, and its content. */
export function SettingsView({ title, children }: SettingsViewProps) {
  const texts = settingsTexts().settings
  const links = [
    { href: '/settings', text: texts.profile },
    { href: '/settings/sessions', text: texts.sessions },
    { href: '/settings/api-keys', text: texts.apiKeys },
    { href: '/settings/webhooks', text: texts.webhooks },
    { href: '/settings/data', text: texts.data },
  ]
  return (
    <View title={title}>
      <NeedsUser>
        <SubNavigation label={texts.sections} links={links} />
        {children}
      </NeedsUser>
    </View>
  )
}
