"""The help's own words; loaded only where they are shown."""

ABOUT = """\
usage: cutaway draw MODEL... [-o FIG] [options]

Draw the architecture of neural networks.

commands:
  draw        draw models from files as figures: 'cutaway draw --help' says more

options:
  -h, --help  show this and exit
  --version   show the version and exit"""

EXAMPLES = """\
examples:
  cutaway draw resnet50.keras                          writes resnet50.svg into this folder
  cutaway draw unet.json -o unet.pdf --direction right
  cutaway draw net.keras -o net.png --dpi 600 --show shapes,dtypes,names
  cutaway draw net.keras -o - --no-legend | inkscape --pipe
  cutaway draw models/*.keras -o figures/ --format pdf --jobs 4

A file is written whole or not at all. Exit codes: 0 done; 2 wrong usage, or a model that could not be drawn."""
