# Hopline.
