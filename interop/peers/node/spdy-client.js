// node spdy-client.js PROXY METHOD URL [--body FILE] [--ca FILE] [--user NAME:PASSWORD] [--tunnel] [--times N]
//
// Asks a proxy on streams of one SPDY/3.1 session, by npm's spdy-transport: http by forward requests, https and --tunnel by CONNECT. Prints
// the body; with --times how many of that many requests, all at once, got one and the same. With --ca the proxy is spoken to over TLS.
'use strict'

const crypto = require('crypto')
const fs = require('fs')
const http = require('http')
const net = require('net')
const tls = require('tls')
const { parseArgs } = require('util')
const transport = require('spdy-transport')

const string = { type: 'string' }
const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { body: string, ca: string, user: string, times: string, tunnel: { type: 'boolean' } }
})
const [proxy, method, target] = positionals
const url = new URL(target)
const [proxyHost, proxyPort] = proxy.split(':')
const ca = options.ca && fs.readFileSync(options.ca)

function fail (error) {
  console.error(String(error && error.message ? error.message : error))
  process.exit(1)
}

function connect (connected) {
  const to = { host: proxyHost, port: proxyPort }
  if (!ca) {
    const socket = net.connect(to, () => connected(socket))
    return socket.on('error', fail)
  }
  const socket = tls.connect({ ...to, ca, ALPNProtocols: ['spdy/3.1'] }, () => {
    if (socket.alpnProtocol !== 'spdy/3.1') fail('the proxy agreed on ' + socket.alpnProtocol)
    connected(socket)
  })
  socket.on('error', fail)
}

function open (session, asked, path, responded) {
  const headers = options.user
    ? { 'proxy-authorization': 'Basic ' + Buffer.from(options.user).toString('base64') }
    : {}
  const stream = session.request({ method: asked, host: url.host, path, headers })
  stream.on('error', fail)
  stream.on('response', status => status === 200 ? responded(stream) : fail('status ' + status))
  return stream
}

function collect (readable, done) {
  const parts = []
  readable.on('data', part => parts.push(part))
  readable.on('end', () => done(Buffer.concat(parts)))
  readable.on('error', fail)
}

function forward (session, done) {
  const stream = open(session, method, url.href, answer => collect(answer, done))
  if (options.body) fs.createReadStream(options.body).pipe(stream)
  else stream.end()
}

function tunnel (session, done) {
  const secure = url.protocol === 'https:'
  const port = url.port || (secure ? 443 : 80)
  open(session, 'CONNECT', url.hostname + ':' + port, stream => {
    const createConnection = () => secure ? tls.connect({ socket: stream, ca, host: url.hostname }) : stream
    const asked = { createConnection, method, host: url.hostname, port, path: url.pathname }
    const request = http.request(asked, answer => {
      if (answer.statusCode !== 200) fail('status ' + answer.statusCode)
      collect(answer, done)
    })
    request.on('error', fail)
    if (options.body) fs.createReadStream(options.body).pipe(request)
    else request.end()
  })
}

connect(socket => {
  const session = transport.connection.create(socket, { protocol: 'spdy', isServer: false })
  session.on('error', fail)
  session.start(3.1)
  const ask = url.protocol === 'https:' || options.tunnel ? tunnel : forward
  if (!options.times) {
    ask(session, body => process.stdout.write(body, () => process.exit(0)))
    return
  }
  const sums = new Set()
  let left = Number(options.times)
  for (let i = left; i > 0; i--) {
    ask(session, body => {
      sums.add(crypto.createHash('sha256').update(body).digest('hex'))
      if (--left === 0) {
        console.log(options.times + ' answers, ' + sums.size + ' kind: ' + [...sums].join(' '))
        process.exit(0)
      }
    })
  }
})
