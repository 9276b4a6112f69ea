import { View } from '../app/view.tsx'

export function People() {
  return <View title="People">{null}</View>
}
