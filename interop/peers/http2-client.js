// node's own http2 as the client of an HTTP/2 proxy: http2-client.js COMMAND PROXY-URL CA-FILE ARGUMENTS…
//   page URL            fetches it by a forward request and prints the body
//   echo URL BYTES      uploads that many bytes by a forward request; prints how many came back
//   tunnels HOST:PORT N opens N tunnels at once, asks for /small.txt in each, prints how many answered
//   hold HOST:PORT N    opens N tunnels, at most 100 on a connection, says `N open`, and from then on echoes what comes in each
//   websocket URL TEXT  opens a WebSocket by extended CONNECT, sends the text in a frame, prints the one that comes back
'use strict'

const http2 = require('node:http2')
const fs = require('node:fs')

const [command, proxy, ca, url, argument] = process.argv.slice(2)
const session = connect()
setTimeout(() => fail(new Error('no end in 30 s')), 30_000).unref()

function connect () {
  return http2.connect(proxy, { ca: fs.readFileSync(ca) }).on('error', fail)
}

function fail (error) {
  console.error(error.message)
  process.exit(1)
}

function head (target, more) {
  return { ':scheme': target.protocol.slice(0, -1), ':authority': target.host, ':path': target.pathname, ...more }
}

function answer (stream) {
  return new Promise((resolve, reject) => {
    let status
    const parts = []
    stream.on('response', fields => { status = fields[':status'] })
    stream.on('data', part => parts.push(part))
    stream.on('end', () => resolve({ status, body: Buffer.concat(parts) }))
    stream.on('error', reject)
  })
}

async function page () {
  const { status, body } = await answer(session.request(head(new URL(url))))
  console.log(`${status} ${body}`)
}

async function echo () {
  const stream = session.request(head(new URL(url), { ':method': 'POST' }))
  const answered = answer(stream)
  stream.end(Buffer.alloc(Number(argument), 'x'))
  const { status, body } = await answered
  console.log(`${status} ${body.length}`)
}

async function tunnels () {
  const answered = Array.from({ length: Number(argument) }, async () => {
    const stream = session.request({ ':method': 'CONNECT', ':authority': url }, { endStream: false })
    const all = answer(stream)
    stream.write(`GET /small.txt HTTP/1.1\r\nHost: ${url}\r\nConnection: close\r\n\r\n`)
    const { status, body } = await all
    stream.end()
    return status === 200 && String(body).includes('whole')
  })
  console.log(`${(await Promise.all(answered)).filter(Boolean).length} answered`)
}

async function hold () {
  const count = Number(argument)
  const sessions = Array.from({ length: Math.ceil(count / 100) }, connect)
  await Promise.all(sessions.map(one => new Promise(resolve => one.once('remoteSettings', resolve))))
  await Promise.all(Array.from({ length: count }, (_, i) => {
    const stream = sessions[i % sessions.length].request({ ':method': 'CONNECT', ':authority': url }, { endStream: false })
    stream.on('data', data => stream.write(data))
    return new Promise((resolve, reject) => {
      stream.on('response', fields => fields[':status'] === 200 ? resolve() : reject(new Error(fields[':status'])))
      stream.on('error', reject)
    })
  }))
  console.log(`${count} open`)
}

async function websocket () {
  await new Promise(resolve => session.once('remoteSettings', resolve))
  const fields = { ':method': 'CONNECT', ':protocol': 'websocket', 'sec-websocket-version': '13' }
  const stream = session.request(head(new URL(url), fields), { endStream: false })
  const status = await new Promise((resolve, reject) => {
    stream.on('response', answered => resolve(answered[':status']))
    stream.on('error', reject)
  })
  const text = Buffer.from(argument)
  const mask = Buffer.from([1, 2, 3, 4])
  stream.write(Buffer.concat([Buffer.from([0x81, 0x80 | text.length]), mask, text.map((b, i) => b ^ mask[i % 4])]))
  const frame = await new Promise(resolve => stream.once('data', resolve))
  console.log(`${status} ${frame.subarray(2)}`)
  stream.close()
}

const commands = { page, echo, tunnels, hold, websocket }
commands[command]().then(() => session.close(), fail)
