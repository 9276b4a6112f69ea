import { View } from '../app/view.tsx'

export function SignIn() {
  return <View title="Sign in">{null}</View>
}
