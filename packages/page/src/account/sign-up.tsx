import { View } from '../app/view.tsx'

export function SignUp() {
  return <View title="Sign up">{null}</View>
}
