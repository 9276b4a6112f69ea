import { api, dataOf } from '../api/client.ts'
import { service } from '../api/service.ts'
import { Loaded } from '../look/loaded.tsx'
import { useResource } from '../look/use-resource.ts'
import { EmailSettings } from './email-settings.tsx'
import { MailSettings } from './mail-settings.tsx'
import type { OwnAccount } from './own-account.ts'
import { PasswordSettings } from './password-settings.tsx'
import { settingsTexts } from './settings-texts.ts'
import { SettingsView } from './settings-view.tsx'

/** Address, password, and which mails come. */
export function Account() {
  return (
    <SettingsView title={settingsTexts().settings.profile}>
      <Profile />
    </SettingsView>
  )
}

function Profile() {
  const account = useResource<OwnAccount>(() => dataOf(api.GET('/account')))
  return (
    <Loaded from={account}>
      {data => (
        <div class="stack">
          <EmailSettings account={data} onChange={() => void account.reload()} />
          <PasswordSettings email={data.email} />
          {service.value?.mail !== false && <MailSettings account={data} onChange={account.replace} />}
        </div>
      )}
    </Loaded>
  )
}
