import { FormField } from '../look/form-fields.tsx'
import { accountTexts } from './account-texts.ts'

/** Field of the e-mail address that an account is known by; password managers fill it in. */
export function EmailField() {
  return (
    <FormField
      name="email"
      label={accountTexts().email}
      type="email"
      autocomplete="username"
      required
      maxLength={254}
    />
  )
}
