import pytest, time, cProfile, pstats, io
from openrenda.tenancy import congress_scope
from openrenda.people.models import Station
from bench.works import _said
from bench.tests.test_bare import ours
from openrenda.wsgi import application
import bench.tests.test_bare as tb
from tests.cast import assemble, BEGAN
@pytest.mark.django_db(transaction=True)
def test_it(settings):
    settings.SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO","https"); settings.ALLOWED_HOSTS=["*"]
    from openrenda.web.portal import saying as sy; sy.PER_NETWORK_AN_HOUR=10**6
    cast=assemble()
    with congress_scope(cast.congress):
        Station.objects.create(number="01", name="站", kind="station", street=cast.organs["street"], since=BEGAN)
    rs=[_said("/c/990101/opinions/",k) for k in range(330)]
    for r in rs[:30]: assert ours(r)[0]==302
    a=time.process_time()
    for r in rs[30:130]: assert ours(r)[0]==302
    print('cpu ms %.2f'%((time.process_time()-a)*10))
    p=cProfile.Profile(); p.enable()
    for r in rs[130:330]: ours(r)
    p.disable(); s=io.StringIO(); pstats.Stats(p,stream=s).sort_stats('cumtime').print_stats(70); print(s.getvalue()[:9000])
