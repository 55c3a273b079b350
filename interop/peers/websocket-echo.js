// A WebSocket server (RFC 6455) that sends the text of each short frame back: websocket-echo.js HOST PORT
// Its page /?script=URL&script=URL… runs those scripts, and shows what the WebSocket sent back.
'use strict'

const http = require('node:http')
const crypto = require('node:crypto')

const held = [] // images that keep a page loading until it has shown its echo, since a browser dumps it once it is loaded
let shown = false

const server = http.createServer((request, response) => {
  if (request.url === '/held') return void (shown ? response.end() : held.push(response))
  if (request.url === '/shown') {
    shown = true
    for (const image of held.splice(0)) image.end()
    return response.end()
  }
  const { pathname, searchParams } = new URL(request.url, 'http://localhost')
  if (pathname !== '/') return response.writeHead(404).end()
  shown = false
  response.setHeader('Content-Type', 'text/html')
  const scripts = searchParams.getAll('script').map(url => `<script src="${url}"></script>`)
  response.end(`<body><p>loading</p>${scripts.join('')}<img src="/held"><script>
    const socket = new WebSocket('ws://' + location.host + '/')
    socket.onopen = () => socket.send('over HTTP/2')
    socket.onmessage = event => {
      document.querySelector('p').textContent = 'echo: ' + event.data
      fetch('/shown')
    }
  </script>`)
})
server.on('upgrade', (request, socket) => {
  const key = request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'
  const accept = crypto.createHash('sha1').update(key).digest('base64')
  socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`)
  socket.on('data', frame => {
    if ((frame[0] & 0x0f) === 8) return socket.end()
    const length = frame[1] & 0x7f
    const mask = frame.subarray(2, 6)
    const text = frame.subarray(6, 6 + length).map((b, i) => b ^ mask[i % 4])
    socket.write(Buffer.concat([Buffer.from([0x81, length]), text]))
  })
  socket.on('error', () => socket.destroy())
})
server.listen(Number(process.argv[3]), process.argv[2])
