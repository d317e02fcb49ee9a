"""The WSGI application, for a server of one's own."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "touchline.settings")
application = get_wsgi_application()
