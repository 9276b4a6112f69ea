// Creates the services' users in MongoDB, or gives them other passwords and rights, as rights/mongodb.json says. The image
// runs it once, on an empty volume. After a change run it by hand:
//   mongosh --quiet /docker-entrypoint-initdb.d/mongodb-users.js
const fs = require('node:fs')

const passwordOf = user => fs.readFileSync(`/run/secrets/mongodb/${user}`, 'utf8').trim()
const text = fs.readFileSync('/run/rights/mongodb.json', 'utf8')
const commands = JSON.parse(text.replace(/@(\w+)@/g, (_, user) => passwordOf(user)))

const admin = db.getSiblingDB('admin')
admin.auth('jackalope', passwordOf('password'))
for (const { createRole, createUser, ...what } of commands) {
  const isThere = createRole ? admin.getRole(createRole) : admin.getUser(createUser)
  const kind = createRole ? 'Role' : 'User'
  admin.runCommand({ [`${isThere ? 'update' : 'create'}${kind}`]: createRole || createUser, ...what })
  print(`${kind.toLowerCase()} ${createRole || createUser}: ${isThere ? 'updated' : 'created'}`)
}
