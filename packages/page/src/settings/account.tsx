import { View } from '../app/view.tsx'

export function Account() {
  return <View title="Account">{null}</View>
}
