// Names are looked up by threads of libuv's pool, four by default. Users choose the names of webhooks: four slow name servers would
// hold up every other look-up of this process. libuv reads the variable when it is asked for the first thread.
process.env.UV_THREADPOOL_SIZE ??= '64'
