// node spdy-proxy.js HOST PORT [CERTIFICATE KEY]
//
// A proxy that speaks SPDY by npm's spdy-transport, with a certificate over TLS: CONNECT and forward requests on streams.
'use strict'

const fs = require('fs')
const http = require('http')
const net = require('net')
const tls = require('tls')
const transport = require('spdy-transport')

const [host, port, certificate, key] = process.argv.slice(2)

function serve (socket) {
  const session = transport.connection.create(socket, { protocol: 'spdy', isServer: true, autoSpdy31: true })
  session.on('error', error => console.log('session:', error.message))
  session.on('stream', stream => {
    stream.on('error', error => console.log('stream:', error.message))
    if (stream.method === 'CONNECT') connect(stream)
    else forward(stream)
  })
  if (socket.alpnProtocol === 'spdy/3.1') session.start(3.1)
}

function connect (stream) {
  const [, name, at] = /^\[?(.*?)\]?:(\d+)$/.exec(stream.path)
  const target = net.connect({ host: name, port: at, allowHalfOpen: true }, () => {
    stream.respond(200, {})
    stream.pipe(target)
    target.pipe(stream)
  })
  target.on('error', error => {
    console.log('target:', error.message)
    stream.abort('INTERNAL_ERROR')
  })
  stream.on('close', () => target.destroy())
}

function forward (stream) {
  const headers = { host: stream.host }
  for (const name in stream.headers) {
    if (name[0] !== ':') headers[name] = stream.headers[name]
  }
  const asked = http.request('http://' + stream.host + stream.path, { method: stream.method, headers }, answer => {
    const fields = { ...answer.headers }
    for (const name of ['connection', 'keep-alive', 'transfer-encoding']) delete fields[name]
    stream.respond(answer.statusCode, fields)
    answer.pipe(stream)
  })
  asked.on('error', error => {
    console.log('origin:', error.message)
    stream.abort('INTERNAL_ERROR')
  })
  stream.pipe(asked)
}

const server = certificate
  ? tls.createServer({
    cert: fs.readFileSync(certificate), key: fs.readFileSync(key), ALPNProtocols: ['spdy/3.1'], allowHalfOpen: true
  }, serve)
  : net.createServer(serve)
server.listen(port, host)
