# The request's body, byte for byte.
printf 'Content-Type: application/octet-stream\r\n\r\n'
exec cat
