import { View } from '../app/view.tsx'

export function ForgotPassword() {
  return <View title="Forgot password">{null}</View>
}
