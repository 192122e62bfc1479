"""What all tests share: a property is judged by what comes out, never by how busy the machine is."""

from hypothesis import HealthCheck, settings

settings.register_profile("marque", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("marque")
